// Placeholder while the module is laid out.
