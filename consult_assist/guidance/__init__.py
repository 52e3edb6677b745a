"""Term → SuggestionsChanged, QuestionsChanged, Alert, LedgerEntry."""
