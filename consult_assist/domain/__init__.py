"""The nouns: frozen values, no input or output. Other packages import the modules by name."""
