//! Configuration, generation, and the folder on disk.
