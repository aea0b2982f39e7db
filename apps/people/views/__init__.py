"""Pages about what people allow."""
