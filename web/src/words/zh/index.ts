import attach from './attach'
import companion from './companion'
import desk from './desk'
import kit from './kit'
import staff from './staff'

export default { ...kit, ...staff, ...desk, ...companion, ...attach }
