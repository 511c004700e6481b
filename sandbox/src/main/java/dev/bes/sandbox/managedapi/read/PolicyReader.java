package dev.bes.sandbox.managedapi.read;

import dev.bes.sandbox.document.Mistakes;
import dev.bes.sandbox.managedapi.Policy;
import dev.bes.sandbox.managedapi.PolicyDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the policies of one scope. What the sandbox does not know is a mistake, so that it never runs by less than the
 * document says. A section that is absent is inherited: (inferred) the examples of the policy reference leave out
 * {@code backend} and still forward.
 */
final class PolicyReader {

    private static final List<String> SECTIONS = List.of("inbound", "backend", "outbound", "on-error");

    private final Mistakes mistakes;
    private final PolicyElements elements;

    PolicyReader(Mistakes mistakes, LimitTargets targets) {
        this.mistakes = mistakes;
        this.elements = new PolicyElements(new LimitReader(targets));
    }

    /** What the policies of a document hold for. */
    enum Scope {
        GLOBAL,
        PRODUCT,
        API,
        OPERATION
    }

    PolicyDocument read(String file, String text, Scope scope) {
        return XmlReader.read(file, text, mistakes)
                .map(root -> document(root, scope))
                .orElse(PolicyDocument.INHERITED);
    }

    private PolicyDocument document(XmlElement root, Scope scope) {
        if (!root.name().equals("policies")) {
            root.report("the document starts with " + root, "start it with <policies>");
            return PolicyDocument.INHERITED;
        }
        root.allow();
        noText(root);
        Expressions.check(root);
        Map<String, List<Policy>> sections = new HashMap<>();
        Set<String> once = new HashSet<>();
        for (XmlElement section : root.children()) {
            if (!SECTIONS.contains(section.name())) {
                section.report("unknown section " + section, "write one of " + String.join(", ", SECTIONS));
            } else if (sections.containsKey(section.name())) {
                section.report("the section " + section + " stands twice", "put its policies into one");
            } else {
                sections.put(section.name(), policies(section, scope, once));
            }
        }
        return new PolicyDocument(
                section(sections, "inbound"),
                section(sections, "backend"),
                section(sections, "outbound"),
                section(sections, "on-error"));
    }

    private static List<Policy> section(Map<String, List<Policy>> sections, String name) {
        return sections.getOrDefault(name, List.of(new Policy.Base()));
    }

    private List<Policy> policies(XmlElement section, Scope scope, Set<String> once) {
        section.allow();
        noText(section);
        List<Policy> policies = new ArrayList<>();
        for (XmlElement element : section.children()) {
            policy(element, section, scope, once).ifPresent(policies::add);
        }
        if (section.name().equals("backend") && section.children().size() > 1) {
            section.children().get(1).report("a second policy in <backend>", "keep one: API Management takes no more");
        }
        return List.copyOf(policies);
    }

    private Optional<Policy> policy(XmlElement element, XmlElement section, Scope scope, Set<String> once) {
        PolicyElements.Kind kind = elements.kinds().get(element.name());
        if (kind == null) {
            element.report(
                    "the sandbox does not know the policy " + element,
                    "remove it; known are " + String.join(", ", elements.kinds().keySet()));
        } else if (!kind.sections().contains(section.name())) {
            element.report(
                    element + " does not belong into " + section, "move it to " + String.join(" or ", kind.sections()));
        } else if (!kind.scopes().contains(scope)) {
            element.report(
                    element + " does not belong to the policies of " + name(scope),
                    "move it to those of " + kind.scopeNames());
        } else if (kind.once() && !once.add(key(element, section))) {
            element.report("a second " + element, "keep one of them: API Management takes no more in one document");
        } else {
            return kind.reader().apply(element);
        }
        return Optional.empty();
    }

    /** {@code base} may stand once in each section, a limit once in a document. */
    private static String key(XmlElement element, XmlElement section) {
        return element.name().equals("base") ? section.name() + " base" : element.name();
    }

    static String name(Scope scope) {
        return switch (scope) {
            case GLOBAL -> "the global scope";
            case PRODUCT -> "a product";
            case API -> "the API";
            case OPERATION -> "an operation";
        };
    }

    private static void noText(XmlElement element) {
        if (!element.text().isEmpty()) {
            element.report("text in " + element, "write elements only");
        }
    }
}
