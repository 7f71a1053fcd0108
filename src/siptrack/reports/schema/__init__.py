"""The JSON Schema of what siptrack writes; its tables are made from their declarations."""
