package dev.bes.orchestrator.web.request;

import dev.bes.api.run.NewRunJson;
import dev.bes.api.run.NewRunJson.RequestInputJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Input;
import dev.bes.orchestrator.trigger.request.RequestFile;
import dev.bes.orchestrator.trigger.request.RequestFile.RootFile;
import dev.bes.orchestrator.trigger.request.RequestFile.StoredBlob;
import dev.bes.orchestrator.trigger.request.RequestFile.Upload;
import dev.bes.orchestrator.trigger.request.RequestTrigger.Request;
import dev.bes.orchestrator.web.problem.JsonMistake;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.request.FormParts.FormPart;
import dev.bes.orchestrator.web.security.Authorization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads requests for runs, from JSON and from forms. */
@Component
public final class RunRequestReader {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int LONGEST_FILE_NAME = 255;
    private static final String DEFINITION = "definition";
    private static final String PARAMETERS = "parameters";
    private static final String PARAMETER = "parameters.";
    private static final String CALLBACK = "callback";
    private static final String KEY = "key";
    private static final TypeReference<Map<String, @Nullable String>> TEXTS = new TypeReference<>() {};

    private final JsonMapper json;
    private final Authorization authorization;

    RunRequestReader(JsonMapper json, Authorization authorization) {
        this.json = json;
        this.authorization = authorization;
    }

    /**
     * The request in a JSON body.
     *
     * @throws ProblemException if it can't be one
     */
    public Request read(NewRunJson body, @Nullable String key, Access access) {
        Map<String, @Nullable String> parameters = body.parameters();
        Definition definition = authorization.definition(named(body.definition()), access, Role.OPERATOR);
        Map<String, RequestFile> files = new LinkedHashMap<>();
        Map<String, RequestInputJson> inputs = body.inputs();
        (inputs == null ? Map.<String, RequestInputJson>of() : inputs)
                .forEach((name, input) -> files.put(name, input(definition, name, input)));
        return new Request(
                definition.name(),
                key,
                texts(parameters == null ? Map.of() : parameters),
                files,
                access.name(),
                body.callback());
    }

    /** An input of a JSON body. One that the definition does not have is refused later. */
    private static RequestFile input(Definition definition, String name, @Nullable RequestInputJson sent) {
        List<Map<String, @Nullable Object>> rows = sent == null ? null : sent.rows();
        String store = sent == null ? null : sent.store();
        String blob = sent == null ? null : sent.blob();
        String root = sent == null ? null : sent.root();
        String file = sent == null ? null : sent.file();
        long given = Stream.of(rows, store, blob, root, file)
                .filter(Objects::nonNull)
                .count();
        if (rows != null && given == 1) {
            return rows(definition, name, rows);
        }
        if (store != null && blob != null && given == 2 && isText(store) && isText(blob)) {
            return new StoredBlob(shown(store), blob);
        }
        if (root != null && file != null && given == 2 && isText(root) && isText(file)) {
            return new RootFile(shown(root), file);
        }
        throw ProblemException.badRequest(
                "Input '%s' needs one of: 'rows', a list with one object for each row; 'store' and"
                                .formatted(shown(name))
                        + " 'blob'; 'root' and 'file'");
    }

    private static Upload rows(Definition definition, String name, List<Map<String, @Nullable Object>> rows) {
        Input input = definition.inputs().get(name);
        byte[] csv = RowsCsv.of(shown(name), input == null ? List.of() : input.columns(), rows);
        return new Upload(shown(name) + ".csv", () -> new ByteArrayInputStream(csv));
    }

    /**
     * The request in a form: {@code definition}, {@code parameters} as JSON or one part {@code parameters.NAME} each,
     * {@code callback}, and one file per input.
     *
     * @throws ProblemException if it can't be one
     */
    public Request read(MultipartHttpServletRequest form, @Nullable String key, Access access) {
        FormParts parts = FormParts.read(form);
        Definition definition = authorization.definition(named(parts.text(DEFINITION)), access, Role.OPERATOR);
        return read(definition, key, access.name(), parts, part -> part.name().equals(DEFINITION));
    }

    /**
     * The request in the form of a page, which brings its key itself; a field that was left empty is none.
     *
     * @throws ProblemException if it can't be one
     */
    public Request read(String definition, MultipartHttpServletRequest form, Access access) {
        Definition known = authorization.definition(definition, access, Role.OPERATOR);
        FormParts parts = FormParts.read(form);
        String key = parts.text(KEY);
        return read(
                known,
                IdempotencyKey.of(form, key),
                access.name(),
                parts,
                part -> part.name().equals(KEY)
                        || (part.name().startsWith(PARAMETER) && part.content().getSize() == 0));
    }

    private Request read(
            Definition definition, @Nullable String key, String sender, FormParts parts, Predicate<FormPart> doneWith) {
        Map<String, @Nullable String> parameters = new LinkedHashMap<>();
        Map<String, Upload> files = new LinkedHashMap<>();
        String callback = null;
        for (FormPart part : parts.all()) {
            if (doneWith.test(part)) {
                continue;
            }
            if (isFile(part, definition)) {
                file(part).ifPresent(file -> files.put(part.name(), file));
            } else if (part.name().startsWith(PARAMETER)) {
                put(parameters, part.name().substring(PARAMETER.length()), part.text());
            } else if (part.name().equals(PARAMETERS)) {
                json(part.text()).forEach((name, value) -> put(parameters, name, value));
            } else if (part.name().equals(CALLBACK)) {
                callback = part.text();
            } else {
                throw ProblemException.badRequest("Unknown part '" + shown(part.name()) + "': parts are 'definition',"
                        + " 'parameters' (JSON), 'parameters.NAME', 'callback', and one file per input: "
                        + String.join(", ", definition.inputs().keySet()));
            }
        }
        return new Request(definition.name(), key, texts(parameters), files, sender, callback);
    }

    /** Some clients name no file, and some send each part as one. */
    private static boolean isFile(FormPart part, Definition definition) {
        boolean isText = part.name().equals(PARAMETERS)
                || part.name().equals(CALLBACK)
                || part.name().startsWith(PARAMETER);
        return definition.inputs().containsKey(part.name()) || (part.fileName() != null && !isText);
    }

    /** The file of a part; none if its field was left empty. */
    private static Optional<Upload> file(FormPart part) {
        if (part.isEmptyFileField()) {
            return Optional.empty();
        }
        String name = part.fileName();
        String known = name == null || name.isEmpty() ? part.name() + ".csv" : name;
        return Optional.of(new Upload(shown(known), part.content()::getInputStream));
    }

    private static void put(Map<String, @Nullable String> parameters, String name, @Nullable String value) {
        if (parameters.containsKey(name)) {
            throw ProblemException.badRequest(
                    "Parameter '%s' was sent in the part 'parameters' and in one of its own; send it once"
                            .formatted(shown(name)));
        }
        parameters.put(name, value);
    }

    private Map<String, @Nullable String> json(String parameters) {
        try {
            Map<String, @Nullable String> read = json.readValue(parameters, TEXTS);
            if (read == null) {
                throw ProblemException.badRequest("Part 'parameters' is null; a JSON object is expected");
            }
            return read;
        } catch (JacksonException e) {
            throw new ProblemException(JsonMistake.problem(e));
        }
    }

    /**
     * The parameters, if a database can hold them.
     *
     * @throws ProblemException if one has no value or is no text
     */
    private static Map<String, String> texts(Map<String, @Nullable String> parameters) {
        Map<String, String> texts = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (value == null) {
                throw ProblemException.badRequest("Parameter '" + shown(name) + "' is null; leave it out instead");
            }
            if (!isText(name) || !isText(value)) {
                throw ProblemException.badRequest(
                        "Parameter '" + shown(name) + "' holds a NUL, half a character, or U+FFFD, which"
                                + " stands for a character that could not be read on its way here");
            }
            texts.put(name, value);
        });
        return texts;
    }

    private static String named(@Nullable String definition) {
        if (definition == null || definition.isEmpty()) {
            throw ProblemException.badRequest("The request names no 'definition'");
        }
        return definition;
    }

    static boolean isText(String text) {
        return text.indexOf('\0') < 0
                && text.indexOf('\uFFFD') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static String shown(String name) {
        String plain = CONTROL.matcher(name).replaceAll("\uFFFD");
        return plain.substring(Math.max(0, plain.length() - LONGEST_FILE_NAME));
    }
}
