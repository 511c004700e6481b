package dev.bes.orchestrator.trigger.arrival.ledger;

import dev.bes.orchestrator.definition.FileOptions.Duplicates;
import dev.bes.orchestrator.trigger.arrival.ledger.DuplicateFiles.Content;
import dev.bes.orchestrator.trigger.arrival.ledger.DuplicateFiles.Scored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides which files of a set are scored, by their contents: compared with the ledger, and with each other. */
@Component
public class ContentComparison {
    private final DuplicateFiles duplicateFiles;

    public ContentComparison(DuplicateFiles duplicateFiles) {
        this.duplicateFiles = duplicateFiles;
    }

    /**
     * A file of the set.
     *
     * @param sha256 hash of its content; empty if duplicates are scored
     */
    public record Candidate(String definition, String folder, String name, Duplicates duplicates, String sha256) {
        private boolean isComparedByName() {
            return duplicates == Duplicates.WHEN_CHANGED;
        }

        private boolean isComparedWith(Candidate earlier) {
            return definition.equals(earlier.definition)
                    && (isComparedByName() ? name.equals(earlier.name) : sha256.equals(earlier.sha256));
        }

        private Content content() {
            return new Content(definition, sha256);
        }
    }

    /**
     * What becomes of a file; it is scored if neither is there.
     *
     * @param reason why it is not scored
     * @param sameAs position of the file of this set that is scored and has its content
     */
    public record Decision(
            @Nullable String reason, @Nullable Integer sameAs) {
        /** Whether it is scored. */
        public boolean isScored() {
            return reason == null && sameAs == null;
        }
    }

    /**
     * Decides for files in the order in which they came. In the same transaction the caller records what becomes of them; until
     * it ends, other nodes with the same contents wait.
     *
     * @return the decisions in the same order
     */
    public List<Decision> decide(List<Candidate> files) {
        Map<Content, Scored> scored = scored(files);
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Candidate file = files.get(i);
            Integer earlier = file.sha256.isEmpty() ? null : earlier(file, files, decisions);
            if (earlier != null) {
                boolean isSame = files.get(earlier).sha256.equals(file.sha256);
                decisions.add(new Decision(null, isSame ? earlier : null));
            } else {
                decisions.add(new Decision(file.sha256.isEmpty() ? null : reason(file, scored), null));
            }
        }
        return decisions;
    }

    private Map<Content, Scored> scored(List<Candidate> files) {
        List<Content> contents = files.stream()
                .filter(file -> !file.sha256.isEmpty())
                .map(Candidate::content)
                .distinct()
                .toList();
        if (contents.isEmpty()) {
            return Map.of();
        }
        duplicateFiles.lock(contents);
        return duplicateFiles.scored(contents);
    }

    /** Position of the last file before this one that is scored and decides about it; null if the ledger does. */
    private static @Nullable Integer earlier(Candidate file, List<Candidate> files, List<Decision> decisions) {
        for (int i = decisions.size() - 1; i >= 0; i--) {
            if (decisions.get(i).isScored() && file.isComparedWith(files.get(i))) {
                return i;
            }
        }
        return null;
    }

    private @Nullable String reason(Candidate file, Map<Content, Scored> scored) {
        if (file.isComparedByName()) {
            return duplicateFiles
                    .earlier(file.definition, file.folder, file.name, file.sha256)
                    .orElse(null);
        }
        Scored known = scored.get(file.content());
        return known == null ? null : known.reason();
    }
}
