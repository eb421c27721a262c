"""The pictures of a synthesis: where everything is drawn, and what each picture shows, in a sentence."""
