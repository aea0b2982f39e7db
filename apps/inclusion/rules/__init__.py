"""Pure rules of counting people fairly and publishing what cannot be traced to them."""
