"""One consultation while it runs: sound in, events out."""
