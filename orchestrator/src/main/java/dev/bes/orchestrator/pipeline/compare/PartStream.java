package dev.bes.orchestrator.pipeline.compare;

import dev.bes.orchestrator.run.Claim.Part;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The part of a blob that has the rows of one scoring, of several that share a job. */
final class PartStream extends FilterInputStream {
    private long left;

    /** @param blob the whole blob; it is closed with this stream */
    PartStream(InputStream blob, Part part) throws IOException {
        super(blob);
        blob.skipNBytes(part.from());
        left = part.length();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = in.read(bytes, from, (int) Math.min(length, left));
        left -= Math.max(0, read);
        return read;
    }
}
