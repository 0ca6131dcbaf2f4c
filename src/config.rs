//! What did the operator set? The only reader of the environment and of `./.env`.
