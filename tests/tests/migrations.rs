//! A store of any earlier version is brought up to date, and everything in it is still there.
//!
//! For each migration `tests/migrations/` has rows as that version kept them. Whoever adds a migration adds rows.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use ibasho_protocol::server::Line;
use ibasho_tests::client::TestClient;
use ibasho_tests::program::Program;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};
use tempfile::TempDir;

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

async fn open(data: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(data.join("ibasho.sqlite3"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal);
    SqliteConnection::connect_with(&options).await.expect("it opens")
}

/// Every row of every table, by the columns that `of` has; `seats` is asked for over the wire instead.
async fn rows(store: &mut SqliteConnection, of: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for (table, columns) in of {
        let columns: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
        let select = format!("SELECT {} FROM {table} ORDER BY 1", columns.join("||','||"));
        let found = sqlx::query_scalar(AssertSqlSafe(select)).fetch_all(&mut *store).await.expect("rows");
        all.insert(table.clone(), found);
    }
    all
}

async fn tables(store: &mut SqliteConnection) -> BTreeMap<String, Vec<String>> {
    let columns = "SELECT m.name AS name, c.name AS column FROM sqlite_master m, pragma_table_info(m.name) c \
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT IN ('_sqlx_migrations', 'seats')";
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in sqlx::query(columns).fetch_all(store).await.expect("tables") {
        all.entry(row.get("name")).or_default().push(row.get("column"));
    }
    all
}

#[tokio::test]
async fn a_store_of_any_earlier_version_is_brought_up_to_date() {
    let mut migrator = Migrator::new(here().join("../server/migrations")).await.expect("the migrations");
    let versions: Vec<i64> = migrator.iter().map(|migration| migration.version).collect();
    assert!(versions.len() > 1 && versions.is_sorted());
    let all = migrator.migrations.clone();
    for &last in &versions {
        let home = TempDir::new().expect("a folder");
        let mut store = open(home.path()).await;
        // One by one, so that each finds rows of the versions before.
        for &version in versions.iter().take_while(|&&version| version <= last) {
            migrator.migrations = all.iter().filter(|migration| migration.version <= version).cloned().collect();
            migrator.run(&mut store).await.expect("it migrates");
            let seed = here().join(format!("migrations/{version:04}.sql"));
            let seed = std::fs::read_to_string(&seed)
                .unwrap_or_else(|_| panic!("{} is missing: rows as this version keeps them", seed.display()));
            sqlx::raw_sql(AssertSqlSafe(seed)).execute(&mut store).await.expect("rows");
        }
        let columns = tables(&mut store).await;
        let before = rows(&mut store, &columns).await;
        for (table, rows) in &before {
            assert!(!rows.is_empty(), "{table} has no rows at version {last}");
        }
        store.close().await.expect("closed");

        let mut program = Program::start(home.path(), SocketAddr::from(([127, 0, 0, 1], 0))).expect("it starts");
        let mut nagi = TestClient::connect(program.addr).await;
        nagi.hello_again("nagi", ibasho_protocol::ids::Seq(0)).await;
        nagi.inside().await;
        assert_eq!(nagi.mirror.line, Some(Line::Resync), "version {last}");
        assert_eq!(nagi.mirror.nicks(), ["なぎ", "はる"], "version {last}");
        program.kill().expect("killed");

        let mut store = open(home.path()).await;
        let after = rows(&mut store, &columns).await;
        for (table, rows) in before {
            for row in rows {
                assert!(after[&table].contains(&row), "{table} of version {last} lost {row}: {:?}", after[&table]);
            }
        }
    }
}
