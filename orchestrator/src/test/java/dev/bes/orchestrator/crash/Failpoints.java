package dev.bes.orchestrator.crash;

import dev.bes.testbench.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The moments of a node's work by name, inside its process. A point is armed by a file of its name; of all nodes that
 * pass it only the one that takes the file away comes to harm, so exactly one does.
 */
final class Failpoints {
    /** As the shell says of a process that was killed. */
    static final int KILLED = 137;

    private final Path armed;
    private final Path passed;
    private final Path harmed;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Failpoints(Path folder) {
        this.armed = folder.resolve("armed");
        this.passed = folder.resolve("passed");
        this.harmed = folder.resolve("harmed");
    }

    /** What happens to a node at an armed point. */
    enum Harm {
        /** It is gone, as by kill -9. */
        HALT {
            @Override
            void befall() {
                Runtime.getRuntime().halt(KILLED);
            }
        },
        /** It stands still in the middle of everything, until somebody sends SIGCONT. */
        STOP {
            @Override
            void befall() {
                Signal.STOP.send(ProcessHandle.current().pid());
            }
        },
        /** It runs out of memory. */
        EXHAUST {
            @Override
            void befall() {
                List<byte[]> hoard = new ArrayList<>();
                while (!hoard.contains(new byte[0])) {
                    hoard.add(new byte[1 << 20]);
                }
            }
        };

        abstract void befall();
    }

    /** Passes a point. */
    void pass(String point) {
        note(point);
        befall(point, armed.resolve(point));
    }

    /** Passes a point about something; what is armed for that thing stays armed, for every node that meets it. */
    void pass(String point, String thing) {
        pass(point);
        Path always = armed.resolve(point + " " + thing);
        if (Files.exists(always)) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    private void note(String point) {
        if (known.add(point)) {
            try {
                Files.writeString(passed.resolve(point), "");
            } catch (IOException e) {
                // a node without room or file descriptors passes it again when it has some
                known.remove(point);
            }
        }
    }

    private void befall(String point, Path file) {
        try {
            if (Files.exists(file)) {
                Harm harm = Harm.valueOf(Files.readString(file));
                Files.delete(file);
                Files.writeString(
                        harmed.resolve(point),
                        Long.toString(ProcessHandle.current().pid()));
                harm.befall();
            }
        } catch (NoSuchFileException e) {
            // another node was here first
        } catch (IOException e) {
            throw new UncheckedIOException("At " + point, e);
        }
    }
}
