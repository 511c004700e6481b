package dev.bes.orchestrator.trigger.arrival.container;

import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.text.Sha256;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.arrival.container.BlobTrigger.Ready;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The runs of blobs: which occurrence each is, and its inputs. */
@Component
class BlobRuns {
    private final InputFiles inputFiles;

    BlobRuns(InputFiles inputFiles) {
        this.inputFiles = inputFiles;
    }

    /**
     * A run without inputs yet. Its occurrence is the version of its first blob. One that somebody put back is another occurrence.
     *
     * @param retry number of the row that was put back; 0 if none was
     */
    static NewRun of(BlobTrigger trigger, Ready first, long retry) {
        String version = String.join(
                "\n",
                trigger.container().store(),
                first.blob().path(),
                first.blob().etag());
        return NewRun.dropped(
                trigger.definition(),
                trigger.container().location(),
                "blob:" + Sha256.of(version) + (retry == 0 ? "" : ":" + retry),
                List.of());
    }

    /**
     * The inputs: one scoring for each blob.
     *
     * @throws dev.bes.orchestrator.trigger.RunRefusedException.NoInput if another input has no file
     */
    List<Map<String, InputSource>> scorings(List<Ready> blobs, NewRun run) {
        return blobs.stream()
                .flatMap(ready -> inputFiles
                        .scorings(
                                run.definition(),
                                Map.of(ready.trigger().container().input(), ready.input()),
                                run.values())
                        .stream())
                .toList();
    }
}
