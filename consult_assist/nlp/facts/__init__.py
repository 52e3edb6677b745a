"""A text behind its question → the facts that it states; `fact_reader` names all that find some."""
