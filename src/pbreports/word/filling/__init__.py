"""The engine that fills Word templates: passes over their trees, then one program for each part."""
