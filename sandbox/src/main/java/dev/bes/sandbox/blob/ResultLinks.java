package dev.bes.sandbox.blob;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Makes the links under Results: read-only, fresh at every call. Source: the status samples of the "consume web services"
 * and "retrain" articles, whose links hold for 24 hours 5 minutes.
 */
public final class ResultLinks {

    private final Blobs blobs;
    private final RuntimeSettings settings;
    private final InstantSource clock;

    /** @param clock real time, since the store compares the links with its own */
    public ResultLinks(Blobs blobs, RuntimeSettings settings, InstantSource clock) {
        this.blobs = blobs;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The reference to hand out for an output. Plain concatenation of base, relative location and token is the URL to
     * download from. The token is empty when the job was given no key that could sign one.
     *
     * @throws UnreachableStore when the output is beyond loopback
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
                        utc(now.plus(settings.assumptions().linkLifetime())),
                        new BlobSasPermission().setReadPermission(true))
                .setStartTime(utc(now.minus(settings.assumptions().linkBackDating())));
        return signer.generateSas(values);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
