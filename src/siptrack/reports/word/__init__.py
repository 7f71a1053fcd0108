"""The old pages that are still to be made documents."""
