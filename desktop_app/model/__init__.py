"""What the words mean: frozen dataclasses, vocabularies and rules. No input, no output, no Qt, no database."""
