"""The shapes of the API's answers: every field with what it means, in plain words. Their names are a promise."""
