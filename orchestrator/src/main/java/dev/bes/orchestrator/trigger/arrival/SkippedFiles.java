package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.trigger.arrival.LogOnce.Entry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** The files in drop folders that are not taken, as of this node's last scan. */
@Component
public class SkippedFiles {
    private static final int MAX_FILES = 100;

    private volatile List<SkippedFile> files = List.of();
    private volatile int count;

    /**
     * A file or folder that is not taken.
     *
     * @param folder the folder that contains it
     * @param name its name, with invisible characters as code points
     * @param reason why, and what to do
     * @param since when this node first found it skipped for this reason
     */
    public record SkippedFile(String folder, String name, String reason, Instant since) {
        private static SkippedFile of(Entry entry) {
            Path path = entry.path();
            return new SkippedFile(
                    VisibleText.name(String.valueOf(path.getParent())),
                    VisibleText.name(String.valueOf(path.getFileName())),
                    entry.reason(),
                    entry.since());
        }
    }

    /** The first 100. */
    public List<SkippedFile> files() {
        return files;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    void publish(List<Entry> entries) {
        files = entries.stream().limit(MAX_FILES).map(SkippedFile::of).toList();
        count = entries.size();
    }
}
