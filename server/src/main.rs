//! The program; everything else is in the library, where tests reach it.

/// A page is thousands of small boxes, made and dropped within a millisecond: with the system's allocator a third of
/// the time goes there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    server::cli::run()
}
