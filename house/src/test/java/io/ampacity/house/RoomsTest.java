package io.ampacity.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where things live: a room uses only rooms below it, and no package stands in a circle. */
final class RoomsTest {

    private static final JavaClasses PRODUCT = Product.classes();

    @Test
    void everyRoomIsLookedAt() throws IOException {
        for (String room : Checkout.rooms()) {
            assertThat(PRODUCT.stream().anyMatch(type -> Product.isIn(type, room)))
                    .as("a class of the room %s; is it a dependency of the house?", room)
                    .isTrue();
        }
    }

    @Test
    void arrowsPointDown() throws IOException {
        List<String> rooms = Checkout.rooms();
        for (int floor = 0; floor + 1 < rooms.size(); floor++) {
            String[] above = rooms.subList(floor + 1, rooms.size()).stream()
                    .map(Product::packages)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(Product.packages(rooms.get(floor)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .because("a room uses only rooms below it")
                    .allowEmptyShould(true)
                    .check(PRODUCT);
        }
    }

    @Test
    void noPackagesStandInACircle() {
        slices().matching("io.ampacity.(**)").should().beFreeOfCycles().check(PRODUCT);
    }
}
