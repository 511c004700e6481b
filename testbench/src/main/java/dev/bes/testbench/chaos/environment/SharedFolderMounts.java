package dev.bes.testbench.chaos.environment;

import dev.bes.testbench.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The shared folders as one node sees them. A process of bindfs (a FUSE file system) mounts each folder over itself, in a mount
 * namespace of this node: so a folder can hang or be missing for one node alone, as a network mount does. Without root or
 * bindfs the node uses the folders directly.
 */
public final class SharedFolderMounts implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Path empty;
    private final Map<Path, Process> mounts = new LinkedHashMap<>();

    private SharedFolderMounts(Path empty) {
        this.empty = empty;
    }

    /**
     * Mounts the folders for a node, if the machine allows it.
     *
     * @param folders the shared folders
     * @param empty a new empty folder that replaces a hidden one
     */
    static SharedFolderMounts mount(List<Path> folders, Path empty) {
        SharedFolderMounts view = new SharedFolderMounts(empty);
        try {
            Files.createDirectories(empty);
            for (Path folder : folders) {
                Files.createDirectories(folder);
                view.mount(folder);
            }
        } catch (IOException | ConditionTimeoutException e) {
            view.close();
        }
        return view;
    }

    /** Whether the folders can hang or be missing for this node. */
    public boolean isMounted() {
        return !mounts.isEmpty();
    }

    /** The command that starts a program in the mount namespace. */
    List<String> command(List<String> program) {
        return isMounted() ? inside(program) : program;
    }

    /** Makes every access to a folder block. */
    public void hang(Path folder) {
        Signal.STOP.send(of(folder).pid());
    }

    /** Shows an empty folder in place of the shared one, as a lost mount does. */
    public void hide(Path folder) throws IOException {
        run(List.of("mount", "--bind", empty.toString(), folder.toString()));
    }

    /** Shows the shared folder again. */
    public void show(Path folder) throws IOException {
        run(List.of("umount", "--lazy", folder.toString()));
    }

    /** Ends all blocking. */
    public void resume() {
        mounts.values().forEach(mount -> Signal.CONT.send(mount.pid()));
    }

    /** Unmounts everything; the node must have ended before. */
    @Override
    public void close() {
        resume();
        mounts.values().forEach(Process::destroy);
        try {
            for (Process mount : mounts.values()) {
                if (!mount.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                    mount.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        mounts.clear();
    }

    private void mount(Path folder) throws IOException {
        List<String> bindfs = List.of("bindfs", "-f", "-o", "nonempty", folder.toString(), folder.toString());
        List<String> unshare = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private"));
        unshare.addAll(bindfs);
        Process mount = start(isMounted() ? inside(bindfs) : unshare);
        mounts.put(folder, mount);
        Path table = Path.of("/proc", Long.toString(mount.pid()), "mountinfo");
        Awaitility.await()
                .atMost(TIMEOUT)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> !mount.isAlive() || lines(table).stream().anyMatch(line -> isMount(line, folder)));
        if (!mount.isAlive()) {
            throw new IOException("bindfs has ended with " + mount.exitValue());
        }
    }

    private static boolean isMount(String line, Path folder) {
        return line.contains(" " + folder + " ") && line.contains(" fuse");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> inside(List<String> program) {
        List<String> command = new ArrayList<>(List.of(
                "nsenter", "--mount=/proc/" + mounts.values().iterator().next().pid() + "/ns/mnt"));
        command.addAll(program);
        return command;
    }

    private void run(List<String> command) throws IOException {
        try {
            int code = start(inside(command)).waitFor();
            if (code != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Process of(Path folder) {
        return Objects.requireNonNull(mounts.get(folder), folder::toString);
    }
}
