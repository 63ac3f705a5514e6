//! A room's side of the voice engine: asks it, in order, and collects what it tells.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::stream::{FuturesUnordered, StreamExt};
use ibasho_protocol::ids::PersonId;
use ibasho_protocol::refusal::RefusalCode;
use tokio::sync::Notify;

use super::tick::{Call, Heard, Input};
use crate::line::LineId;
use crate::voice::media::{self, Hearing, Media, News};

/// The longest an offer waits for its answer: keys and a description are made in milliseconds.
const ANSWER_IN: Duration = Duration::from_secs(5);

type Answer = std::pin::Pin<Box<dyn Future<Output = Input> + Send>>;

/// The room's side. When it goes, be it that the room has failed, no voice of the room goes anywhere any more.
pub struct Calls {
    media: Option<Arc<dyn Media>>,
    room: Arc<str>,
    /// Whose connection belongs to which line.
    up: HashMap<PersonId, LineId>,
    answers: FuturesUnordered<Answer>,
    post: Arc<Post>,
}

impl Calls {
    /// No calls yet.
    pub fn new(media: Option<Arc<dyn Media>>, room: &str) -> Self {
        Self {
            media,
            room: Arc::from(room),
            up: HashMap::new(),
            answers: FuturesUnordered::new(),
            post: Arc::new(Post::default()),
        }
    }

    /// Asks the engine, and tells it who hears whom if that has changed.
    pub fn make(&mut self, calls: Vec<Call>, hearing: Option<Hearing>) {
        let Some(media) = &self.media else { return };
        for call in calls {
            match call {
                Call::HangUp { who, line } => {
                    if self.up.get(&who) == Some(&line) {
                        self.up.remove(&who);
                    }
                    media.hang_up(who, line);
                }
                Call::Offer { who, line, n, sdp } => {
                    self.up.insert(who, line);
                    let post = self.post.clone();
                    let news = Arc::new(move |news| post.put(Heard { who, line, news }));
                    let answering = media.offer(media::Call { who, line, sdp, news });
                    self.answers.push(Box::pin(async move {
                        let answer = tokio::time::timeout(ANSWER_IN, answering).await;
                        Input::Answered { who, line, n, answer: answer.unwrap_or(Err(RefusalCode::Busy)) }
                    }));
                }
            }
        }
        if let Some(hearing) = hearing {
            media.hearing(&self.room, hearing);
        }
    }

    /// The next answer to an offer. `None` if none is awaited.
    pub async fn answer(&mut self) -> Option<Input> {
        self.answers.next().await
    }

    /// Whether an answer is awaited.
    pub fn awaits_answers(&self) -> bool {
        !self.answers.is_empty()
    }

    /// What collects the news.
    pub fn post(&self) -> Arc<Post> {
        self.post.clone()
    }
}

impl Drop for Calls {
    fn drop(&mut self) {
        let Some(media) = &self.media else { return };
        for (who, line) in self.up.drain() {
            media.hang_up(who, line);
        }
        media.hearing(&self.room, Hearing::default());
    }
}

/// News of the engine that the room has not taken in yet: the newest of each kind for each connection. So there are
/// never more than three for each person, nothing that counts is lost however busy the room is, and the engine never
/// waits.
#[derive(Default)]
pub struct Post {
    waiting: Mutex<Vec<Heard>>,
    rung: Notify,
}

impl Post {
    fn put(&self, heard: Heard) {
        // The news of a connection are about its owner, or they are a mistake.
        if about(&heard.news) != heard.who {
            return;
        }
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let kind = std::mem::discriminant(&heard.news);
        waiting.retain(|known| known.who != heard.who || std::mem::discriminant(&known.news) != kind);
        waiting.push(heard);
        drop(waiting);
        self.rung.notify_one();
    }

    /// Takes all of it, the oldest first.
    pub fn take(&self) -> Vec<Heard> {
        std::mem::take(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns when something is there to be taken.
    pub async fn arrives(&self) {
        self.rung.notified().await;
    }
}

fn about(news: &News) -> PersonId {
    match *news {
        News::Speaks { who, .. } | News::Slots { who, .. } | News::HungUp { who, .. } => who,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_of_each_kind_waits_for_each_person() {
        let post = Post::default();
        let (nagi, haru, line) = (PersonId(1), PersonId(2), LineId::next());
        let speaks = |who, on| Heard { who, line, news: News::Speaks { who, on } };
        for _ in 0..100 {
            post.put(speaks(nagi, true));
            post.put(speaks(haru, true));
            post.put(Heard { who: nagi, line, news: News::Slots { who: nagi, line, slots: Vec::new() } });
            post.put(speaks(nagi, false));
        }
        // What somebody else's connection says about one is none of its business.
        post.put(Heard { who: nagi, line, news: News::HungUp { who: haru, line } });
        let taken: Vec<News> = post.take().into_iter().map(|heard| heard.news).collect();
        let expected = [
            News::Speaks { who: haru, on: true },
            News::Slots { who: nagi, line, slots: Vec::new() },
            News::Speaks { who: nagi, on: false },
        ];
        assert_eq!(taken, expected);
        assert!(post.take().is_empty());
    }
}
