//! Voice. The rooms decide who hears whom; a media engine behind [`media::Media`] carries the sound.

pub mod media;
