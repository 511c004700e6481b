package dev.bes.orchestrator.web.list;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.bes.orchestrator.web.problem.ProblemException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Leaves out the fields of items that {@code fields} does not name. */
@ControllerAdvice
final class SparseFields implements ResponseBodyAdvice<Object> {
    private final JsonMapper json;

    SparseFields(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return returned.hasMethodAnnotation(Listed.class);
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        String text = request instanceof ServletServerHttpRequest http
                ? http.getServletRequest().getParameter("fields")
                : null;
        if (body == null || text == null || text.isEmpty()) {
            return body;
        }
        Listed list = Objects.requireNonNull(returned.getMethodAnnotation(Listed.class));
        Set<String> chosen = chosen(text, list.of());
        JsonNode tree = json.valueToTree(body);
        if (list.items().isEmpty()) {
            keep(tree, chosen);
        } else {
            tree.path(list.items()).forEach(item -> keep(item, chosen));
        }
        return tree;
    }

    private static void keep(JsonNode item, Set<String> chosen) {
        if (item instanceof ObjectNode object) {
            object.retain(chosen);
        }
    }

    private static Set<String> chosen(String text, Class<?> item) {
        Set<String> known = fields(item).collect(Collectors.toCollection(TreeSet::new));
        List<String> names = Stream.of(text.split(",", -1)).map(String::strip).toList();
        if (!known.containsAll(names)) {
            throw ProblemException.badRequest(
                    "'fields' names fields, with commas between them; the fields are: " + String.join(", ", known));
        }
        return Set.copyOf(names);
    }

    private static Stream<String> fields(Class<?> item) {
        return Stream.of(item.getRecordComponents())
                .flatMap(component ->
                        isUnwrapped(component) ? fields(component.getType()) : Stream.of(component.getName()));
    }

    private static boolean isUnwrapped(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
    }
}
