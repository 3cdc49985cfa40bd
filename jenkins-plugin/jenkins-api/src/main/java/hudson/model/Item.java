package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;
import io.jenkins.plugins.slipway.signatures.Absent;
import jenkins.model.FullyNamed;
import jenkins.model.FullyNamedModelObject;

public interface Item extends PersistenceRoot, FullyNamedModelObject, FullyNamed, AccessControlled {
    ItemGroup<? extends Item> getParent();

    @Override
    String getFullName();

    Permission CONFIGURE = Absent.value();
    Permission READ = Absent.value();
    Permission EXTENDED_READ = Absent.value();
}
