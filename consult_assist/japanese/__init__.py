"""The Japanese language, pure: kana and readings, sound distance, numerals, sentences."""
