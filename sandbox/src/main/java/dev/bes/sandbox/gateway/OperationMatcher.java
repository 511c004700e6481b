package dev.bes.sandbox.gateway;

import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.managedapi.Operation;
import dev.bes.sandbox.managedapi.OperationParameter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the operation that a call matches by its URL template. A path matches with and without a slash at its end. The names
 * of query parameters are not case-sensitive. Source: API Management, "Add an API manually" and import restrictions.
 */
final class OperationMatcher {

    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

    private final List<Template> templates;

    OperationMatcher(List<Operation> operations) {
        this.templates = operations.stream()
                .sorted(moreSpecificFirst())
                .map(Template::of)
                .toList();
    }

    /** The operation of a request below the API's path. */
    Optional<Operation> match(Request request) {
        Set<String> query = names(request.query().keySet());
        for (Template template : templates) {
            if (template.matches(request, query)) {
                return Optional.of(template.operation());
            }
        }
        return Optional.empty();
    }

    /** (inferred) A text in the path wins over a parameter, and a template with more query parameters over one with fewer. */
    private static Comparator<Operation> moreSpecificFirst() {
        Comparator<Operation> byPath = Comparator.comparing(
                it -> PARAMETER.matcher(it.path()).replaceAll("\uFFFF"), Comparator.naturalOrder());
        return byPath.thenComparing(it -> -it.templateQuery().size());
    }

    private static Set<String> names(Iterable<String> names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.forEach(set::add);
        return set;
    }

    private record Template(Operation operation, Pattern path, List<String> query) {

        static Template of(Operation operation) {
            StringBuilder path = new StringBuilder();
            Matcher parameter = PARAMETER.matcher(operation.path());
            int from = 0;
            while (parameter.find()) {
                path.append(Pattern.quote(operation.path().substring(from, parameter.start())))
                        .append("[^/]+");
                from = parameter.end();
            }
            path.append(Pattern.quote(operation.path().substring(from).replaceAll("/$", "")));
            return new Template(
                    operation,
                    Pattern.compile(path + "/?"),
                    operation.templateQuery().stream()
                            .map(OperationParameter::name)
                            .toList());
        }

        boolean matches(Request request, Set<String> names) {
            return request.method().equals(operation.method())
                    && names.containsAll(query)
                    && path.matcher(request.path()).matches();
        }
    }
}
