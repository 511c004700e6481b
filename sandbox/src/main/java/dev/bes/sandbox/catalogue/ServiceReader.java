package dev.bes.sandbox.catalogue;

import dev.bes.sandbox.document.YamlNode;
import dev.bes.sandbox.model.Model;
import dev.bes.sandbox.model.Setting;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one service of a YAML file and checks it, also against those that were read before. */
final class ServiceReader {

    private static final Pattern NAME = Pattern.compile("[\\p{Alnum}][\\p{Alnum} ._()-]{0,99}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,200}");

    private final Set<String> names = new HashSet<>();
    private final Set<String> ids = new HashSet<>();

    /** Takes the name and the id of a service that is there already. */
    void reserve(WebService service) {
        names.add(service.name());
        ids.add(service.serviceId());
    }

    /**
     * The service; empty when its model cannot be read. Other mistakes are added to those of the document.
     *
     * @param folder where the document is
     */
    Optional<WebService> read(YamlNode node, Path folder) {
        node.allow(
                "name",
                "description",
                "workspace",
                "subscription",
                "id",
                "keys",
                "behaviour",
                "model",
                "parameters",
                "inputs",
                "outputs",
                "encrypted");
        Optional<YamlNode> keys = node.require("keys");
        keys.ifPresent(it -> it.allow("primary", "secondary"));
        String name = matching(
                node,
                "name",
                NAME,
                "a name has a letter or digit first, then up to 99 letters, digits, spaces and ._()-");
        String id = id(node, "id");
        unique(node, "name", name, names);
        unique(node, "id", id, ids);
        return node.require("model")
                .flatMap(declared -> ModelReader.read(declared, PortReader.declared(node), folder)
                        .map(model -> new WebService(
                                name,
                                node.text("description", ""),
                                id(node, "workspace"),
                                id(node, "subscription"),
                                id,
                                keys.map(it -> key(it, "primary")).orElse(""),
                                keys.map(it -> key(it, "secondary")).orElse(""),
                                behaviour(node),
                                parameters(node, model),
                                PortReader.inputs(node, model),
                                PortReader.outputs(node, model),
                                model,
                                fixed(node, declared, model),
                                node.truth("encrypted", false))));
    }

    private static Behaviour behaviour(YamlNode node) {
        String text = node.text("behaviour", "scores");
        for (Behaviour behaviour : Behaviour.values()) {
            if (text.equals(behaviour.name().toLowerCase(Locale.ROOT).replace('_', '-'))) {
                return behaviour;
            }
        }
        node.find("behaviour")
                .ifPresent(it ->
                        it.report("unknown behaviour '" + text + "'", "write scores, fails, never-writes or hangs"));
        return Behaviour.SCORES;
    }

    private static List<Parameter> parameters(YamlNode node, Model model) {
        Set<String> known = new HashSet<>();
        model.settings().forEach(setting -> known.add(setting.name()));
        Set<String> seen = new HashSet<>();
        List<YamlNode> declared =
                node.find("parameters").map(YamlNode::elements).orElse(List.of());
        for (YamlNode parameter : declared) {
            unique(parameter, "name", parameter.text("name", ""), seen);
            if (!known.contains(parameter.text("name", ""))) {
                parameter.report("the model has no setting of this name", "it has: " + settingNames(model));
            }
        }
        return declared.stream().map(ParameterReader::read).toList();
    }

    private static Map<String, String> fixed(YamlNode node, YamlNode declared, Model model) {
        Set<String> exposed = new HashSet<>();
        node.find("parameters")
                .map(YamlNode::elements)
                .orElse(List.of())
                .forEach(it -> exposed.add(it.text("name", "")));
        Map<String, String> fixed = new LinkedHashMap<>();
        declared.find("settings").ifPresent(settings -> {
            settings.entries().forEach((name, value) -> fixed.put(name, value.text()));
            settings.allow(model.settings().stream().map(Setting::name).toArray(String[]::new));
            fixed.keySet().stream()
                    .filter(exposed::contains)
                    .forEach(name -> settings.keyNode(name)
                            .report("'" + name + "' is also a parameter", "keep the setting or the parameter"));
        });
        for (Setting setting : model.settings()) {
            String name = setting.name();
            if (setting.fallback() == null && !fixed.containsKey(name) && !exposed.contains(name)) {
                declared.report(
                        "the setting '" + name + "' has no value", "fix it in settings, or declare a parameter");
            }
        }
        return fixed;
    }

    private static String settingNames(Model model) {
        return String.join(", ", model.settings().stream().map(Setting::name).toList());
    }

    private static String id(YamlNode node, String key) {
        return matching(node, key, ID, "an id has 32 digits of 0-9 and a-f");
    }

    private static String key(YamlNode node, String key) {
        return matching(node, key, KEY, "a key has 1 to 200 visible ASCII characters, without spaces");
    }

    private static String matching(YamlNode node, String key, Pattern pattern, String rule) {
        Optional<YamlNode> value = node.require(key);
        String text = value.map(YamlNode::text).orElse("");
        if (!pattern.matcher(text).matches()) {
            value.ifPresent(it -> it.report("'" + text + "' is not valid", rule));
        }
        return text;
    }

    static void unique(YamlNode node, String key, String text, Set<String> seen) {
        if (!text.isEmpty() && !seen.add(text)) {
            node.find(key).ifPresent(it -> it.report("'" + text + "' is there twice", "choose another " + key));
        }
    }
}
