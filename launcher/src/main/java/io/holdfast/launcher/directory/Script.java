package io.holdfast.launcher.directory;

import java.nio.file.Path;

/// The project's script as people type it: reached from the folder they are in, and with `--data` for a
/// data folder that is not the usual one. What it gives can be pasted into a shell.
///
/// @param home the project's folder
/// @param here the folder people are in
public record Script(Path home, Path here) {
    private static final String NEEDS_NO_QUOTES = "[A-Za-z0-9_./+@%:=,-]+";

    /// The one that started this process; it tells where it is.
    public static Script own() {
        return new Script(absolute(System.getProperty("holdfast.home", "")), absolute(""));
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }

    /// The data folder for commands that name none.
    public DataDirectory usualData() {
        return new DataDirectory(home.resolve(".holdfast"));
    }

    /// @param words the command and its arguments, `up --help`
    public String command(String words) {
        String script = home.equals(here) ? "./holdfast" : shown(home.resolve("holdfast"));
        return script + " " + words;
    }

    /// A command to the platform of a data folder.
    public String command(String words, DataDirectory data) {
        boolean usual = data.root().equals(usualData().root());
        return command(words) + (usual ? "" : " --data " + shown(data.root()));
    }

    /// A path, short where the current folder allows it, and fit for a shell.
    public String shown(Path file) {
        String path = file.startsWith(here) && !file.equals(here)
                ? here.relativize(file).toString()
                : file.toString();
        return path.matches(NEEDS_NO_QUOTES) ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
