"""Text as it was recognised → the words that were probably said."""
