"""A folder an area: urls, views, contexts and templates."""
