package dev.bes.orchestrator.pipeline.rows;

import dev.bes.orchestrator.pipeline.BlobPaths;
import dev.bes.orchestrator.pipeline.RecentBlobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.RowPart;
import dev.bes.orchestrator.text.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the parts of outputs in the blob store, and composes the outputs of them. */
class RowOutputs {
    private static final Logger LOG = LoggerFactory.getLogger(RowOutputs.class);

    private final Blobs blobs;
    private final RecentBlobs recent;

    RowOutputs(Blobs blobs, RecentBlobs recent) {
        this.blobs = blobs;
        this.recent = recent;
    }

    /** Writes a part of each output. */
    void put(Claim claim, UUID nonce, RowPart part, AnsweredRows rows) {
        for (String output : claim.definition().outputs().keySet()) {
            blobs.put(BlobPaths.part(claim, nonce, output, part.from(), part.to()), rows.content(output));
        }
    }

    /** Writes each output where that of a job would be, if all rows are answered at once. */
    void putWhole(Claim claim, UUID nonce, AnsweredRows rows) {
        for (String output : claim.definition().outputs().keySet()) {
            byte[] content = rows.content(output);
            if (write(claim, nonce, output, Stream.of(content))) {
                recent.add(claim, BlobPaths.output(claim, nonce, output), content);
            }
        }
    }

    /** Composes each output of its parts, where that of a job would be. */
    void compose(Claim claim, UUID nonce, List<RowPart> parts) {
        for (String output : claim.definition().outputs().keySet()) {
            write(
                    claim,
                    nonce,
                    output,
                    parts.stream().map(part -> read(BlobPaths.part(claim, nonce, output, part.from(), part.to()))));
        }
    }

    /** Returns false if another node has written it. */
    private boolean write(Claim claim, UUID nonce, String output, Stream<byte[]> blocks) {
        try (Blobs.Upload upload = blobs.upload(BlobPaths.output(claim, nonce, output))) {
            Sha256 hash = new Sha256();
            blocks.forEach(block -> {
                hash.add(block, 0, block.length);
                upload.add(block);
            });
            upload.commit(hash.hex());
            return true;
        } catch (RemoteException.Rejected e) {
            // a node that was considered dead has written it, of other answers to the same rows
            LOG.info("Output {} of scoring {} is there already: {}", output, claim.scoring(), e.getMessage());
            return false;
        }
    }

    private byte[] read(String path) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        blobs.fetch(path, () -> {
            content.reset();
            return content;
        });
        return content.toByteArray();
    }

    /** The kept answer to a batch. */
    BatchAnswer answer(Claim claim, UUID nonce, long from) {
        return BatchAnswer.read(
                read(BlobPaths.answer(claim, nonce, from)),
                claim.definition().outputs().keySet());
    }

    /** Keeps the answer to a batch. */
    void put(Claim claim, UUID nonce, long from, BatchAnswer answer) {
        blobs.put(BlobPaths.answer(claim, nonce, from), answer.bytes());
    }
}
