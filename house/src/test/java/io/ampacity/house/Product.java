package io.ampacity.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The compiled classes of all rooms. */
final class Product {

    private static final String ROOT = "io.ampacity";

    /** Read once, since that takes longer than all the rules. */
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private Product() {}

    /** All classes of the product; tests left out. */
    static JavaClasses classes() {
        return CLASSES;
    }

    /** The packages of a room, as ArchUnit writes them. */
    static String packages(String room) {
        return ROOT + "." + room + "..";
    }

    static boolean isIn(JavaClass type, String room) {
        String name = type.getPackageName();
        return name.equals(ROOT + "." + room) || name.startsWith(ROOT + "." + room + ".");
    }
}
