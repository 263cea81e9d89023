"""Settings, folders and resources. Knows nothing of notebooks; refuses any import of another room."""
