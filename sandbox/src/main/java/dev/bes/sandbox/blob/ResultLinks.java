package dev.bes.sandbox.blob;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Makes the links under Results: read-only, 24 hours 5 minutes long, starting 5 minutes back, fresh at every call.
 * Source: the status samples of the "consume web services" and "retrain" articles.
 */
public final class ResultLinks {

    private static final Duration BACK_DATED = Duration.ofMinutes(5);
    private static final Duration AHEAD = Duration.ofHours(24);

    private final Blobs blobs;
    private final InstantSource clock;

    /** @param clock real time, since the store compares the links with its own */
    public ResultLinks(Blobs blobs, InstantSource clock) {
        this.blobs = blobs;
        this.clock = clock;
    }

    /**
     * The reference to hand out for an output. Plain concatenation of base, relative location and token is the URL to
     * download from. The token is empty when the job was given no key that could sign one.
     */
    public BlobReference to(BlobReference output) {
        BlobClient signer = blobs.signer(output);
        String path = SasUrl.escaped(output.path());
        if (signer == null) {
            String base = blobs.client(output).getAccountUrl();
            return new BlobReference(null, path, base + "/", "");
        }
        return new BlobReference(null, path, signer.getAccountUrl() + "/", "?" + token(signer));
    }

    private String token(BlobClient signer) {
        Instant now = clock.instant();
        BlobServiceSasSignatureValues values = new BlobServiceSasSignatureValues(
                        utc(now.plus(AHEAD)), new BlobSasPermission().setReadPermission(true))
                .setStartTime(utc(now.minus(BACK_DATED)));
        return signer.generateSas(values);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
