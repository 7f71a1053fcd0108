"""The school's own records beside the results: of provision, actions, lessons and training, and its reviews."""
