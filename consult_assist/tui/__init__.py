"""The screens (Textual): shows events and calls use cases, decides nothing itself."""
