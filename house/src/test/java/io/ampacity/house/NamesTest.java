package io.ampacity.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How things are called: by what they are, in full words. */
final class NamesTest {

    private static final JavaClasses PRODUCT = Product.classes();

    @Test
    void noTypeHidesWhatItIsBehindAWordThatSaysNothing() {
        noClasses()
                .should()
                .haveNameMatching(
                        ".*[.$]([A-Za-z0-9]*(Impl|Manager|Utils?|Utility|Utilities|Helpers?|Base)|Base[A-Z].*)")
                .because("a name says what the thing is")
                .check(PRODUCT);
    }

    @Test
    void accessorsHaveNoPrefix() {
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and(areNotAskedForByAnotherLibrary())
                .should()
                .haveNameNotMatching("get[A-Z].*")
                .because("power.watts() reads better than power.getWatts()")
                .check(PRODUCT);
    }

    private static DescribedPredicate<JavaMethod> areNotAskedForByAnotherLibrary() {
        return DescribedPredicate.describe(
                "are not asked for by another library",
                method -> method.getOwner().getAllRawInterfaces().stream().noneMatch(type -> declares(type, method))
                        && method.getOwner().getAllRawSuperclasses().stream()
                                .noneMatch(type -> declares(type, method)));
    }

    private static boolean declares(com.tngtech.archunit.core.domain.JavaClass type, JavaMethod method) {
        List<String> parameters =
                method.getRawParameterTypes().stream().map(JavaType::getName).toList();
        return !type.getPackageName().startsWith("io.ampacity")
                && type.tryGetMethod(method.getName(), parameters.toArray(String[]::new))
                        .isPresent();
    }
}
