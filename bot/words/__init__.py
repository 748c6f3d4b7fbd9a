"""The catalogue: every sentence a person can see, in Fluent."""
