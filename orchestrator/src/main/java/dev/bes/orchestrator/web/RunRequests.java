package dev.bes.orchestrator.web;

import dev.bes.orchestrator.trigger.Requests.Request;
import dev.bes.orchestrator.trigger.Requests.Upload;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads requests for runs, from JSON and from forms. */
@Component
final class RunRequests {
    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int LONGEST_FILE_NAME = 255;
    private static final String PARAMETER = "parameters.";
    private static final TypeReference<Map<String, @Nullable String>> TEXTS = new TypeReference<>() {};

    private final JsonMapper json;

    RunRequests(JsonMapper json) {
        this.json = json;
    }

    /**
     * The request in a JSON body.
     *
     * @throws Refusal if it can't be one
     */
    Request read(NewRunJson body, @Nullable String key) {
        Map<String, @Nullable String> parameters = body.parameters();
        return new Request(
                named(body.definition()), checked(key), texts(parameters == null ? Map.of() : parameters), Map.of());
    }

    /**
     * The request in a form: {@code definition}, {@code parameters} as JSON or one part {@code parameters.NAME} each, and
     * one file per input.
     *
     * @throws Refusal if it can't be one
     */
    Request read(MultipartHttpServletRequest form, @Nullable String key) {
        Map<String, @Nullable String> parameters = new LinkedHashMap<>();
        form.getParameterMap().forEach((part, values) -> {
            String value = only(part, List.of(values));
            if (part.startsWith(PARAMETER)) {
                parameters.put(part.substring(PARAMETER.length()), value);
            } else if (part.equals("parameters")) {
                parameters.putAll(json(value));
            } else if (!part.equals("definition")) {
                throw Refusal.badRequest("Unknown part '" + part + "': parts are 'definition', 'parameters' (JSON),"
                        + " 'parameters.NAME', and one file per input");
            }
        });
        return new Request(named(form.getParameter("definition")), checked(key), texts(parameters), files(form));
    }

    /**
     * The request in the form of a page; a field that was left empty is none.
     *
     * @throws Refusal if it can't be one
     */
    Request read(String definition, MultipartHttpServletRequest form) {
        Map<String, @Nullable String> parameters = new LinkedHashMap<>();
        form.getParameterMap().forEach((part, values) -> {
            String value = only(part, List.of(values));
            if (part.startsWith(PARAMETER) && !value.isEmpty()) {
                parameters.put(part.substring(PARAMETER.length()), value);
            }
        });
        return new Request(definition, checked(form.getParameter("key")), texts(parameters), files(form));
    }

    private Map<String, @Nullable String> json(String parameters) {
        try {
            return json.readValue(parameters, TEXTS);
        } catch (JacksonException e) {
            throw new Refusal(JsonMistake.problem(e));
        }
    }

    /** The files of a form by input; a file field that was left empty is none. */
    private static Map<String, Upload> files(MultipartHttpServletRequest form) {
        Map<String, Upload> files = new LinkedHashMap<>();
        form.getMultiFileMap().forEach((input, parts) -> {
            MultipartFile file = only(input, parts);
            String name = file.getOriginalFilename();
            if (name != null && !name.isEmpty()) {
                files.put(input, new Upload(shown(name), file::getInputStream));
            }
        });
        return files;
    }

    /**
     * The parameters, if a database can hold them.
     *
     * @throws Refusal if one has no value or is no text
     */
    private static Map<String, String> texts(Map<String, @Nullable String> parameters) {
        Map<String, String> texts = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (value == null) {
                throw Refusal.badRequest("Parameter '" + name + "' is null; leave it out instead");
            }
            if (!isText(name) || !isText(value)) {
                throw Refusal.badRequest("Parameter '" + shown(name) + "' holds a NUL or half a character");
            }
            texts.put(name, value);
        });
        return texts;
    }

    private static @Nullable String checked(@Nullable String key) {
        if (key != null && !KEY.matcher(key).matches()) {
            throw new Refusal(ProblemKind.BAD_KEY, "An Idempotency-Key has 1 to 200 visible ASCII characters");
        }
        return key;
    }

    private static String named(@Nullable String definition) {
        if (definition == null || definition.isEmpty()) {
            throw Refusal.badRequest("The request names no 'definition'");
        }
        return definition;
    }

    private static <T> T only(String part, List<T> values) {
        if (values.size() != 1) {
            throw Refusal.badRequest("Part '" + part + "' was sent " + values.size() + " times");
        }
        return values.getFirst();
    }

    private static boolean isText(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static String shown(String name) {
        String plain = CONTROL.matcher(name).replaceAll("\uFFFD");
        return plain.substring(Math.max(0, plain.length() - LONGEST_FILE_NAME));
    }
}
