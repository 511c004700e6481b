package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.trigger.arrival.LogOnce.Complaint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** What lies in drop folders and is not taken, as of this node's last look. */
@Component
public class SkippedFiles {
    private static final int MOST = 100;

    private volatile List<Left> files = List.of();
    private volatile int count;

    /**
     * Something that is not taken.
     *
     * @param folder the folder that it lies in
     * @param name its name, with what can't be seen as code points
     * @param reason why, and what to do
     * @param since when this node first saw it so
     */
    public record Left(String folder, String name, String reason, Instant since) {
        private static Left of(Complaint complaint) {
            Path what = complaint.what();
            return new Left(
                    VisibleText.name(String.valueOf(what.getParent())),
                    VisibleText.name(String.valueOf(what.getFileName())),
                    complaint.reason(),
                    complaint.since());
        }
    }

    /** The first hundred. */
    public List<Left> files() {
        return files;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    void publish(List<Complaint> complaints) {
        files = complaints.stream().limit(MOST).map(Left::of).toList();
        count = complaints.size();
    }
}
