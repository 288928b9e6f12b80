//! The tools a build needs beyond cargo, each at its pinned version: found, or else installed.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::{
    run::{command, find_program, output_of, root, run},
    say::step,
};

/// A program installed from the source of its crate, at one version.
struct Tool {
    /// The program.
    name: &'static str,
    /// The crate it comes from.
    package: &'static str,
    version: &'static str,
    /// What it is for, as told to who waits for it.
    purpose: &'static str,
    /// How long compiling it takes on two cores.
    minutes: u32,
    /// How cargo must be called for it.
    options: &'static [&'static str],
}

const TRUNK: Tool = Tool {
    name: "trunk",
    package: "trunk",
    version: "0.22.1",
    purpose: "bundles the page",
    minutes: 7,
    // It declares a newer Rust than it needs; none of the packages it locks does.
    options: &["--locked", "--ignore-rust-version", "--no-default-features", "--features=rustls"],
};

/// The version must equal the `wasm-bindgen` in `crates/web/Cargo.toml`; a test compares them.
const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen",
    package: "wasm-bindgen-cli",
    version: "0.2.130",
    purpose: "joins WebAssembly and JavaScript",
    minutes: 3,
    // Without `--locked`: its lock file names a package version that is not to be had everywhere.
    options: &[],
};

/// Sees to everything a build of the page needs; gives the folders to put first on the path,
/// Trunk's first of all.
pub(crate) fn for_the_build() -> Result<Vec<PathBuf>, String> {
    wasm_target()?;
    let packages = npm_packages()?;
    Ok(vec![TRUNK.folder()?, WASM_BINDGEN.folder()?, packages])
}

/// The WebAssembly target of the pinned toolchain.
pub(crate) fn wasm_target() -> Result<(), String> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let sysroot = output_of(command("rustc").args(["--print", "sysroot"]))
        .ok_or("rustc does not answer; install Rust with rustup (see README.md)")?;
    if Path::new(&sysroot).join("lib/rustlib").join(TARGET).join("lib").is_dir() {
        return Ok(());
    }
    step("Adding the WebAssembly target to this Rust (seconds)", || {
        run(command("rustup").args(["target", "add", TARGET])).map_err(|error| {
            format!("{error}\nInstall rustup, or the target {TARGET} with your system's packages.")
        })
    })
}

/// The npm packages of `e2e/`, as its lock file has them; gives the folder of their programs.
pub(crate) fn npm_packages() -> Result<PathBuf, String> {
    let folder = root().join("e2e");
    let packages = folder.join("node_modules");
    let stamp = packages.join(".installed-from");
    let lock = fs::read(folder.join("package-lock.json"))
        .map_err(|error| format!("e2e/package-lock.json: {error}"))?;
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(packages.join(".bin"));
    }
    let node = output_of(command("node").arg("--version")).unwrap_or_default();
    let major = node.trim_start_matches('v').split('.').next().and_then(|n| n.parse::<u32>().ok());
    if major.is_none_or(|major| major < 20) {
        return Err(format!(
            "Node 20 or newer is needed (for wasm-opt and the browser tests), found `{node}`.\n\
             Install it with your system's packages, then run this again."
        ));
    }
    step("Installing npm packages: wasm-opt, playwright-core, axe (about 10 seconds)", || {
        run(command("npm").args(["ci", "--no-audit", "--no-fund", "--prefix", "e2e"]))?;
        fs::write(&stamp, &lock).map_err(|error| format!("{}: {error}", stamp.display()))
    })?;
    Ok(packages.join(".bin"))
}

/// A Chromium for the browser tests: the one named, one that is there, or Debian's, installed.
pub(crate) fn chromium() -> Result<PathBuf, String> {
    if let Some(named) = env::var_os("CHROMIUM").map(PathBuf::from) {
        let exists = named.is_file();
        return exists.then_some(named).ok_or("CHROMIUM names a file that is not there".to_owned());
    }
    if let Some(found) = known_chromium() {
        return Ok(found);
    }
    let is_root = output_of(command("id").arg("-u")).as_deref() == Some("0");
    if !is_root || find_program("apt-get").is_none() {
        return Err("the browser tests need Chromium. Install it, for example with\n    \
             sudo apt-get install chromium\n\
             or set CHROMIUM to the path of a Chromium or Chrome, then run this again."
            .to_owned());
    }
    step("Installing Chromium from the system's packages (about 2 minutes)", || {
        let quiet = |arguments: &[&str]| {
            run(command("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(arguments))
        };
        quiet(&["update", "-q"])?;
        quiet(&["install", "-yq", "--no-install-recommends", "chromium"])
    })?;
    known_chromium().ok_or("Chromium was installed but cannot be found".to_owned())
}

fn known_chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
    let places = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "C:/Program Files/Google/Chrome/Application/chrome.exe",
    ];
    names
        .into_iter()
        .find_map(find_program)
        .or_else(|| places.into_iter().map(PathBuf::from).find(|place| place.is_file()))
}

impl Tool {
    /// The folder where the tool lies at the right version, after installing it if need be.
    fn folder(&self) -> Result<PathBuf, String> {
        if let Some(found) = find_program(self.name)
            && self.is_right(&found)
        {
            return Ok(found.parent().map(Path::to_owned).unwrap_or_default());
        }
        let home = cache()?.join("tools").join(format!("{}-{}", self.name, self.version));
        let folder = home.join("bin");
        let program = folder.join(format!("{}{}", self.name, env::consts::EXE_SUFFIX));
        if self.is_right(&program) {
            return Ok(folder);
        }
        let _ = self.fetch(&home);
        if !self.is_right(&program) {
            self.compile(&home)?;
        }
        self.is_right(&program).then_some(folder).ok_or_else(|| {
            format!("{} was installed but does not run as {}", self.name, self.version)
        })
    }

    fn is_right(&self, program: &Path) -> bool {
        let says = output_of(command(&program.to_string_lossy()).arg("--version"));
        says.is_some_and(|text| text.split_whitespace().nth(1) == Some(self.version))
    }

    /// A ready-made program, where cargo-binstall is there to get one.
    fn fetch(&self, home: &Path) -> Result<(), String> {
        find_program("cargo-binstall").ok_or("no cargo-binstall")?;
        let Tool { name, package, version, .. } = self;
        step(&format!("Fetching {name} {version} ready-made (seconds)"), || {
            run(command("cargo-binstall")
                .args(["--no-confirm", "--disable-strategies=compile", "--install-path"])
                .arg(home.join("bin"))
                .arg(format!("{package}@{version}")))
        })
    }

    fn compile(&self, home: &Path) -> Result<(), String> {
        let Tool { name, package, version, purpose, minutes, options } = self;
        let what = format!(
            "Compiling {name} {version}, which {purpose}: about {minutes} minutes on two cores, \
             once. It will stay in {}",
            home.display()
        );
        step(&what, || {
            run(command("cargo")
                .args(["install", package, "--version", version, "--root"])
                .arg(home)
                .args(*options)
                // Compiled for a short wait: the tools do little work of their own.
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
                .env_remove("CARGO_TARGET_DIR"))
            .map_err(|error| {
                format!(
                    "{error}\nCompiling {name} {version} failed. If the network was the reason, \
                     run this again; or put {name} {version} on the PATH by other means."
                )
            })
        })
    }
}

/// The project's folder among the user's caches.
fn cache() -> Result<PathBuf, String> {
    let folder =
        |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    folder("XDG_CACHE_HOME")
        .or_else(|| folder("HOME").map(|home| home.join(".cache")))
        .or_else(|| folder("LOCALAPPDATA"))
        .map(|cache| cache.join("lockstep"))
        .ok_or("neither HOME nor XDG_CACHE_HOME is set, so there is no place for tools".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_and_the_tool_are_of_the_same_wasm_bindgen() {
        let manifest = fs::read_to_string(root().join("crates/web/Cargo.toml")).unwrap();
        let wanted = format!("wasm-bindgen = \"={}\"", WASM_BINDGEN.version);
        assert!(manifest.contains(&wanted), "crates/web/Cargo.toml must hold: {wanted}");
    }
}
