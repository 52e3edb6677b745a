"""Pure helpers for Japanese text: kana and readings, sound distance, numerals."""
