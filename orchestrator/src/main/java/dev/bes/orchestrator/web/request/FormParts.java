package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * The parts of a form. Texts are read strictly: in the charset that the part names, else in the one that the part
 * {@code _charset_} or the form names, else in UTF-8. Source: RFC 7578.
 */
final class FormParts {
    private static final String CHARSET = "_charset_";
    private static final Set<String> UNENCODED = Set.of("7bit", "8bit", "binary", "identity");

    private final Map<String, FormPart> parts;

    private FormParts(Map<String, FormPart> parts) {
        this.parts = parts;
    }

    /**
     * A part.
     *
     * @param name its name
     * @param fileName the name of its file; null if it names none
     * @param content its bytes
     * @param usual what its text is written in, unless the part says otherwise
     */
    record FormPart(String name, @Nullable String fileName, Part content, Charset usual) {
        /** Whether a browser sent it for a field in which no file was chosen. */
        boolean isEmptyFileField() {
            return fileName != null && fileName.isEmpty() && content.getSize() == 0;
        }

        /**
         * Its text.
         *
         * @throws ProblemException if it is too long, or not written in its charset
         */
        String text() {
            if (content.getSize() > JsonBodies.MAX_BYTES) {
                throw new ProblemException(
                        ProblemKind.TOO_LARGE,
                        "The text of part '%s' has more than %,d bytes".formatted(name, JsonBodies.MAX_BYTES));
            }
            Charset charset = charset();
            try (InputStream in = content.getInputStream()) {
                return decoded(in.readAllBytes(), charset);
            } catch (CharacterCodingException _) {
                throw ProblemException.badRequest(
                        "Part '%s' is not in %s. Send it in UTF-8, or name its charset: in the"
                                        .formatted(name, charset.name())
                                + " Content-Type of the part, or in a part '_charset_'");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Charset charset() {
            String type = content.getContentType();
            if (type == null) {
                return usual;
            }
            try {
                MediaType read = MediaType.parseMediaType(type);
                Charset named = read.getCharset();
                return named != null ? named : read.getType().equals("text") ? usual : StandardCharsets.UTF_8;
            } catch (IllegalArgumentException e) {
                throw ProblemException.badRequest(
                        "The Content-Type of part '%s' can't be read: %s".formatted(name, e.getMessage()));
            }
        }
    }

    /**
     * Reads a form.
     *
     * @throws MultipartException if it can't be read to its end, or is too large
     * @throws ProblemException if a part comes twice, or is not written as it says
     */
    static FormParts read(MultipartHttpServletRequest form) {
        Charset usual = formCharset(form);
        Collection<Part> sent = sent(form);
        for (Part part : sent) {
            if (part.getName().equals(CHARSET)) {
                usual = known(new FormPart(CHARSET, null, part, StandardCharsets.US_ASCII).text());
            }
        }
        Map<String, FormPart> parts = new LinkedHashMap<>();
        for (Part part : sent) {
            FormPart read = read(part, usual);
            if (parts.put(read.name(), read) != null) {
                long times = sent.stream()
                        .filter(other -> other.getName().equals(part.getName()))
                        .count();
                throw ProblemException.badRequest(
                        "Part '%s' was sent %d times".formatted(read.name(), Math.max(times, 2)));
            }
        }
        parts.remove(CHARSET);
        // the token of the browser, compared before
        parts.remove("_csrf");
        return new FormParts(parts);
    }

    /** All parts, except the one that names a charset. */
    List<FormPart> all() {
        return new ArrayList<>(parts.values());
    }

    /** The text of a part; null if there is no such part. */
    @Nullable
    String text(String name) {
        FormPart part = parts.get(name);
        return part == null ? null : part.text();
    }

    /** Reads headers as bytes first: the last part may name their charset. */
    private static Collection<Part> sent(MultipartHttpServletRequest form) {
        try {
            form.setCharacterEncoding(StandardCharsets.ISO_8859_1.name());
            // reads the form, and lets Spring remove its temporary files in the end
            form.getMultiFileMap();
            return form.getParts();
        } catch (IOException | ServletException e) {
            throw new MultipartException("The parts of the form can't be read", e);
        }
    }

    private static FormPart read(Part part, Charset usual) {
        ContentDisposition disposition = disposition(part, usual);
        String name = disposition.getName() == null ? part.getName() : disposition.getName();
        checkCoding(part, name, "Content-Transfer-Encoding");
        checkCoding(part, name, HttpHeaders.CONTENT_ENCODING);
        return new FormPart(name, disposition.getFilename(), part, usual);
    }

    private static ContentDisposition disposition(Part part, Charset usual) {
        byte[] head =
                String.valueOf(part.getHeader(HttpHeaders.CONTENT_DISPOSITION)).getBytes(StandardCharsets.ISO_8859_1);
        try {
            return ContentDisposition.parse(head(head, usual));
        } catch (CharacterCodingException _) {
            throw ProblemException.badRequest("The name of a part or of its file is not in %s: %s"
                    .formatted(usual.name(), new String(head, usual)));
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("The headers of a part are invalid: " + e.getMessage());
        }
    }

    /** Many clients write names in UTF-8, whatever the charset of their texts; other charsets rarely decode as UTF-8. */
    private static String head(byte[] head, Charset usual) throws CharacterCodingException {
        try {
            return decoded(head, StandardCharsets.UTF_8);
        } catch (CharacterCodingException _) {
            return decoded(head, usual);
        }
    }

    /** Encoded parts are obsolete; scoring one would score its encoding. */
    private static void checkCoding(Part part, String name, String header) {
        String coding = part.getHeader(header);
        if (coding != null && !UNENCODED.contains(coding.strip().toLowerCase(Locale.ROOT))) {
            throw ProblemException.badRequest(
                    "Part '%s' has the %s '%s'; send it unencoded".formatted(name, header, coding));
        }
    }

    private static Charset formCharset(MultipartHttpServletRequest form) {
        MediaType type = MediaType.parseMediaType(String.valueOf(form.getContentType()));
        return type.getCharset() == null ? StandardCharsets.UTF_8 : type.getCharset();
    }

    private static Charset known(String charset) {
        try {
            return Charset.forName(charset.strip());
        } catch (IllegalArgumentException _) {
            throw ProblemException.badRequest("Part '%s' names an unknown charset: '%s'".formatted(CHARSET, charset));
        }
    }

    private static String decoded(byte[] bytes, Charset charset) throws CharacterCodingException {
        String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
