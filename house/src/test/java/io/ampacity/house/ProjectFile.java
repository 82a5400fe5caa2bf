package io.ampacity.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The project file of a library in the local repository.
 *
 * @param licences as its author writes them, name and address in one text; those of its parent when it states none
 */
record ProjectFile(String group, String artifact, String version, List<String> licences) {

    /** The file that lies beside a jar of a repository: {@code group/as/path/artifact/version/file}. */
    static ProjectFile beside(Path jar, Path repository) throws IOException {
        Path place = repository.relativize(jar);
        int names = place.getNameCount();
        String version = place.getName(names - 2).toString();
        String artifact = place.getName(names - 3).toString();
        List<String> groupWords = new ArrayList<>();
        place.subpath(0, names - 3).forEach(word -> groupWords.add(word.toString()));
        String group = String.join(".", groupWords);
        return new ProjectFile(group, artifact, version, licences(group, artifact, version, repository));
    }

    private static List<String> licences(String group, String artifact, String version, Path repository)
            throws IOException {
        Path file = repository
                .resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom");
        Element project = parse(file);
        List<String> licences = new ArrayList<>();
        for (Element list : children(project, "licenses")) {
            for (Element licence : children(list, "license")) {
                licences.add(text(licence, "name") + " " + text(licence, "url"));
            }
        }
        List<Element> parents = children(project, "parent");
        if (!licences.isEmpty() || parents.isEmpty()) {
            return licences;
        }
        Element parent = parents.getFirst();
        return licences(text(parent, "groupId"), text(parent, "artifactId"), text(parent, "version"), repository);
    }

    private static Element parse(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(stream)
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " is no project file", e);
        }
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }

    private static String text(Element parent, String name) {
        List<Element> children = children(parent, name);
        return children.isEmpty() ? "" : children.getFirst().getTextContent().strip();
    }
}
