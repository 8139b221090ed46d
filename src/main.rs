//! The program `jiyue`.

fn main() -> std::process::ExitCode {
    jiyue::cli::main()
}
