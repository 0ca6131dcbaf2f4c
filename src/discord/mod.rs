//! The Discord bot: the only importer of serenity and poise.
