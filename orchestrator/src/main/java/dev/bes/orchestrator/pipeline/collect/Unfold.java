package dev.bes.orchestrator.pipeline.collect;

import dev.bes.orchestrator.csv.InvalidCsvException;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.pipeline.BlobPaths;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.MemberOutcome;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.fold.FoldMembers;
import dev.bes.orchestrator.run.fold.FoldMembers.Staged;
import dev.bes.orchestrator.text.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Takes the answer apart that scorings share: one blob with the rows of each, one after the other. Each scoring then fetches its part
 * as if it had a job alone.
 */
final class Unfold {
    private final Blobs blobs;
    private final FoldMembers folds;

    Unfold(Blobs blobs, FoldMembers folds) {
        this.blobs = blobs;
        this.folds = folds;
    }

    /**
     * Takes the answer of a carrier's job apart.
     *
     * @throws InvalidCsvException if no row can be told from the others
     * @throws RemoteException.NotFound if it is not there yet
     * @throws RemoteException if the store can't be used now
     * @throws IOException if the temporary files can't be written
     */
    Move unfold(Claim carrier) throws InvalidCsvException, IOException {
        Definition definition = carrier.definition();
        String output = definition.outputs().keySet().iterator().next();
        UUID nonce = Objects.requireNonNull(carrier.known().nonce());
        List<Staged> members = folds.staged(carrier);
        try (RowSlots slots =
                new RowSlots(members.stream().mapToLong(Staged::rows).sum())) {
            AtomicReference<FoldedAnswer> answer = new AtomicReference<>();
            blobs.fetch(BlobPaths.output(carrier, nonce, output), () -> {
                FoldedAnswer begun = new FoldedAnswer(
                        Objects.requireNonNull(definition.fold()),
                        Objects.requireNonNull(definition.outputs().get(output)),
                        members,
                        slots);
                answer.set(begun);
                return begun;
            });
            answer.get().end();
            List<MemberOutcome> outcomes = write(answer.get(), members, BlobPaths.sorted(carrier, nonce, output));
            return Move.unfolded(carrier, outcomes, note(outcomes));
        }
    }

    private List<MemberOutcome> write(FoldedAnswer answer, List<Staged> members, String blob) throws IOException {
        Sha256 hash = new Sha256();
        try (Blobs.Upload upload = blobs.upload(blob)) {
            List<MemberOutcome> outcomes;
            try (Hashed target = new Hashed(new BlobOutput(upload), hash)) {
                outcomes = copy(answer, members, blob, target);
            }
            if (outcomes.stream().anyMatch(outcome -> outcome.part() != null)) {
                upload.commit(hash.hex());
            }
            return outcomes;
        }
    }

    private static List<MemberOutcome> copy(FoldedAnswer answer, List<Staged> members, String blob, OutputStream target)
            throws IOException {
        List<MemberOutcome> outcomes = new ArrayList<>();
        long from = 0;
        for (int i = 0; i < members.size(); i++) {
            Staged member = members.get(i);
            if (!member.isLive()) {
                continue;
            }
            String failure = answer.failure(i);
            if (failure == null) {
                long length = answer.copy(i, target);
                outcomes.add(MemberOutcome.answered(member.scoring(), new Claim.Part(blob, from, length)));
                from += length;
            } else {
                outcomes.add(MemberOutcome.failed(member.scoring(), failure));
            }
        }
        return outcomes;
    }

    private static String note(List<MemberOutcome> outcomes) {
        long complete = outcomes.stream().filter(o -> o.part() != null).count();
        return "%,d of %,d scorings have all their rows".formatted(complete, outcomes.size());
    }

    private static final class Hashed extends FilterOutputStream {
        private final Sha256 hash;

        Hashed(OutputStream target, Sha256 hash) {
            super(target);
            this.hash = hash;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            hash.add(bytes, from, length);
            out.write(bytes, from, length);
        }
    }
}
