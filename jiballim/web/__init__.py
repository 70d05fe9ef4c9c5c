"""The one address for residents and programs: the published folder, feeds of any choice, a read-only API."""
